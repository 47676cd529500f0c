package io.roster.testkit.plot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Where values lie on an axis. Immutable. */
public sealed interface Scale {

  /** Where {@code value} lies: 0 at the beginning of the axis, 1 at its end, never outside. */
  double share(double value);

  /** The values to write at the axis, smallest first, about {@code wanted} of them. */
  List<Double> ticks(int wanted);

  /**
   * Equal steps are equal distances.
   *
   * @param min the beginning of the axis
   * @param max its end, above the beginning
   */
  record Linear(double min, double max) implements Scale {

    /** Checks the order. */
    public Linear {
      if (!(min < max)) {
        throw new IllegalArgumentException(
            "expected an axis that ends above its beginning, got: " + min + " to " + max);
      }
    }

    @Override
    public double share(double value) {
      return Math.clamp((value - min) / (max - min), 0, 1);
    }

    @Override
    public List<Double> ticks(int wanted) {
      double step = step(max - min, wanted);
      var ticks = new ArrayList<Double>();
      for (long at = (long) Math.ceil(min / step - 1e-9); at * step <= max * (1 + 1e-9); at++) {
        ticks.add(at * step);
      }
      return List.copyOf(ticks);
    }

    /** The smallest of 1, 2 and 5 times a power of ten that needs no more steps than wanted. */
    private static double step(double range, int wanted) {
      double power = Math.pow(10, Math.floor(Math.log10(range / wanted)));
      for (double factor : new double[] {1, 2, 5}) {
        if (range / (factor * power) <= wanted + 1e-9) {
          return factor * power;
        }
      }
      return 10 * power;
    }
  }

  /**
   * Equal factors are equal distances.
   *
   * @param min the beginning of the axis, above zero
   * @param max its end, above the beginning
   */
  record Logarithmic(double min, double max) implements Scale {

    /** Checks the order. */
    public Logarithmic {
      if (!(0 < min && min < max)) {
        throw new IllegalArgumentException(
            "expected a logarithmic axis above zero that ends above its beginning, got: "
                + min
                + " to "
                + max);
      }
    }

    @Override
    public double share(double value) {
      return value <= min
          ? 0
          : Math.clamp((Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min)), 0, 1);
    }

    @Override
    public List<Double> ticks(int wanted) {
      var ones = within(1);
      var more = within(1, 2, 5);
      return more.size() <= wanted || ones.size() < 2 ? more : ones;
    }

    private List<Double> within(double... factors) {
      var ticks = new ArrayList<Double>();
      for (int power = (int) Math.floor(Math.log10(min));
          Math.pow(10, power) <= max * (1 + 1e-9);
          power++) {
        for (double factor : factors) {
          double value = factor * Math.pow(10, power);
          if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) {
            ticks.add(value);
          }
        }
      }
      return List.copyOf(ticks);
    }
  }

  /**
   * Another scale with ticks at given values alone.
   *
   * @param scale where values lie
   * @param marks what is written at the axis
   */
  record Marked(Scale scale, List<Double> marks) implements Scale {

    @Override
    public double share(double value) {
      return scale.share(value);
    }

    @Override
    public List<Double> ticks(int wanted) {
      return marks;
    }
  }

  /** From zero to a round number at or above all {@code values}. */
  static Scale fromZero(Collection<Double> values) {
    double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double top = max > 0 ? max : 1;
    double step = Linear.step(top, 6);
    return new Linear(0, Math.ceil(top / step - 1e-9) * step);
  }

  /** From 1, 2 or 5 times a power of ten to another, around all {@code values} above zero. */
  static Scale logarithmic(Collection<Double> values) {
    var above = values.stream().filter(value -> value > 0).sorted().toList();
    if (above.isEmpty()) {
      return new Logarithmic(1, 10);
    }
    double min = roundDown(above.getFirst());
    double max = 1 / roundDown(1 / above.getLast());
    return new Logarithmic(min, max > min * 1.5 ? max : min * 10);
  }

  /**
   * The same for bars: from 1, or less if a value is, since the length of a bar is read from there.
   */
  static Scale logarithmicFromOne(Collection<Double> values) {
    var withOne = new ArrayList<>(values);
    withOne.add(1.0);
    return logarithmic(withOne);
  }

  /** Exactly the given values, on a logarithmic axis that is a little longer. */
  static Scale marked(Collection<Double> values) {
    var marks = values.stream().distinct().sorted().toList();
    if (marks.isEmpty()) {
      return new Marked(new Logarithmic(1, 10), marks);
    }
    var scale = new Logarithmic(marks.getFirst() * 0.85, marks.getLast() * 1.18);
    return new Marked(scale, marks);
  }

  private static double roundDown(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    double factor = value / power * (1 + 1e-9);
    return (factor >= 5 ? 5 : factor >= 2 ? 2 : 1) * power;
  }
}
