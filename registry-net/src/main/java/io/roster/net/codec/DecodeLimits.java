package io.roster.net.codec;

/**
 * How much one message may hold. Immutable.
 *
 * @param depthMax how deep values may nest, 64 by default; deeper ones could exhaust a stack
 * @param elementsMax how many elements all its lists, sets and maps may have together, one million
 *     by default; a few bytes on the wire can stand for an object each
 */
public record DecodeLimits(int depthMax, int elementsMax) {

  /** See the components. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(64, 1_000_000);

  /** Checks the ranges. */
  public DecodeLimits {
    if (depthMax < 1 || depthMax > 500) {
      throw new IllegalArgumentException("expected depthMax from 1 to 500, got: " + depthMax);
    }
    if (elementsMax < 1) {
      throw new IllegalArgumentException(
          "expected elementsMax to be positive, got: " + elementsMax);
    }
  }
}
