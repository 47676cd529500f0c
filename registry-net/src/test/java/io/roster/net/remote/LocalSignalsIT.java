package io.roster.net.remote;

import io.roster.core.process.ProcessSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalSignalsIT implements SignalsContract {

  private final ProcessSystem system = ProcessSystem.local("here");

  @Override
  public ProcessSystem here() {
    return system;
  }

  @Override
  public ProcessSystem there() {
    return system;
  }

  @AfterEach
  void stop() {
    system.close();
  }
}
