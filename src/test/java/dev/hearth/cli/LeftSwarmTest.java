package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A swarm that a run made is taken back, and one that it left again is no failure. */
final class LeftSwarmTest {

  /** The engine's interface, with its answers of 404 and 503, as far as swarms need it. */
  private static final String DOCKER =
      """
      #!/bin/sh
      cd DIR || exit
      if [ "$1" = info ]; then
        if [ -e swarm ]; then echo active; else echo inactive; fi
        exit
      fi
      said() { printf 'HTTP/1.0 %s\\r\\n\\r\\n%s\\n' "$1" "$2"; }
      read -r method path version
      case "$method $path" in
        *" /info")
          if [ -e swarm ]; then state=active manages=true; else state=inactive manages=false; fi
          said '200 OK' "{\\"Swarm\\":{\\"LocalNodeState\\":\\"$state\\",\\"ControlAvailable\\":$manages}}" ;;
        "GET /networks/docker_gwbridge")
          if [ -e gateway ]; then said '200 OK' '{"Name":"docker_gwbridge"}'
          else said '404 Not Found' '{"message":"network docker_gwbridge not found"}'; fi ;;
        "DELETE /networks/docker_gwbridge")
          if rm gateway; then said '204 No Content' ''
          else said '404 Not Found' '{"message":"network docker_gwbridge not found"}'; fi ;;
        "POST /swarm/init") : >swarm; : >gateway; said '200 OK' '"n1"' ;;
        "GET /swarm") said '200 OK' '{"ID":"s","Spec":{}}' ;;
        "POST /swarm/leave"*)
          if rm swarm; then said '200 OK' ''
          else said '503 Service Unavailable' '{"message":"This node is not part of a swarm"}'; fi ;;
        *" /configs"*)
          if [ ! -e swarm ]; then said '503 Service Unavailable' '{"message":"This node is not a swarm manager."}'
          elif [ "$method" = POST ]; then said '201 Created' '{"ID":"c1"}'
          else said '200 OK' '[]'; fi ;;
        *) said '400 Bad Request' '{"message":"not asked for here"}' ;;
      esac
      """;

  private static final String MADE = "- community.docker.docker_swarm: {state: present}\n";
  private static final String CONFIG = "- community.docker.docker_config: {name: c, data: d}\n";
  private static final String LEFT =
      "- community.docker.docker_swarm: {state: absent, force: true}\n";

  @TempDir private Path directory;

  private HearthHere.Ended playedAndTakenBack(String tasks) throws IOException {
    Path programs = Files.createDirectories(directory.resolve("programs"));
    Path docker = programs.resolve("docker");
    Files.writeString(docker, DOCKER.replace("DIR", directory.toString()));
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          environment: {PATH: "%s:/usr/bin:/bin"}
          tasks:
        """
                .formatted(programs)
            + tasks.indent(4));
    HearthHere here = new HearthHere(directory);
    HearthHere.Ended run = here.run("play", "play.yml", "-i", "localhost,", "-c", "local");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(directory.resolve("gateway")).exists();
    return here.run(
        "teardown", "localhost", "--receipt", "--yes", "-i", "localhost,", "-c", "local");
  }

  @Test
  void itsNetworkGoesToo() throws Exception {
    HearthHere.Ended back = playedAndTakenBack(MADE);

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(directory.resolve("swarm")).doesNotExist();
    assertThat(directory.resolve("gateway")).doesNotExist();
  }

  @Test
  void oneThatWasLeftAlreadyIsNoFailure() throws Exception {
    HearthHere.Ended back = playedAndTakenBack(MADE + LEFT);

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(back.out()).contains("1 steps taken back").doesNotContain("FAILED");
    assertThat(directory.resolve("gateway")).doesNotExist();
  }

  @Test
  void whatWasInItIsGoneWithIt() throws Exception {
    HearthHere.Ended back = playedAndTakenBack(MADE + CONFIG + LEFT);

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(back.out()).contains("2 steps taken back").doesNotContain("FAILED");
  }
}
