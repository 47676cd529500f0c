# Finds a JDK. Sourced by mvnw, roster and .ci/run, so that all three agree on which one runs.
#
#   find_jdk MINIMUM   sets and exports JAVA_HOME, or explains on stderr what to install and returns 1
#
# The default `java` of a machine is often older than the one Roster needs, so PATH is only one place of several:
# JAVA_HOME, then PATH, then the folders in which installers put JDKs. Versions are read from the JDK's `release`
# file, because starting a JVM to ask it would cost more than everything else here together.
# Plain bash 3.2 (macOS), no external programs on the quick path.

# The feature release of the JDK in folder $1 ("25"), or nothing where there is no JDK with a compiler.
jdk_feature() {
  local line version
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version//\"/}
        version=${version#1.} # "1.8.0_402" is release 8
        version=${version%%[!0-9]*}
        printf '%s' "$version"
        return 0
        ;;
    esac
  done <"$1/release"
}

# The folder of the JDK whose `java` is first on PATH, through whatever links lead to it.
jdk_on_path() {
  local java target
  java=$(command -v java) || return 0
  while [ -L "$java" ]; do
    target=$(readlink "$java")
    case $target in
      /*) java=$target ;;
      *) java=$(dirname "$java")/$target ;;
    esac
  done
  (cd "$(dirname "$java")/.." 2>/dev/null && pwd -P) || return 0
}

find_jdk() {
  local minimum=$1 feature candidate best='' best_feature=0 seen=''

  feature=$(jdk_feature "${JAVA_HOME:-/nonexistent}")
  if [ -n "$feature" ] && [ "$feature" -ge "$minimum" ]; then
    export JAVA_HOME
    return 0
  fi
  [ -z "${JAVA_HOME:-}" ] || seen="  JAVA_HOME=$JAVA_HOME: ${feature:-no JDK}"$'\n'

  candidate=$(jdk_on_path)
  feature=$(jdk_feature "${candidate:-/nonexistent}")
  if [ -n "$feature" ] && [ "$feature" -ge "$minimum" ]; then
    export JAVA_HOME=$candidate
    return 0
  fi
  [ -z "$candidate" ] || seen="$seen  java on PATH, $candidate: ${feature:-no JDK}"$'\n'

  # The lowest release that is new enough: nearest to the one that Roster is built and tested with.
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* /usr/local/lib/jvm/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    [ -d "$candidate" ] || continue
    feature=$(jdk_feature "$candidate")
    [ -n "$feature" ] || continue
    seen="$seen  $candidate: $feature"$'\n'
    if [ "$feature" -ge "$minimum" ] && { [ -z "$best" ] || [ "$feature" -lt "$best_feature" ]; }; then
      best=$candidate
      best_feature=$feature
    fi
  done
  if [ -n "$best" ]; then
    export JAVA_HOME=$best
    return 0
  fi

  {
    printf 'expected a JDK %s or newer, found:\n%s' "$minimum" "${seen:-  none
}"
    printf 'Install one, for example Eclipse Temurin %s: package temurin-%s-jdk (Adoptium, for Debian, Ubuntu, Fedora),\n' \
      "$minimum" "$minimum"
    printf '"sdk install java %s-tem" (SDKMAN), or "brew install openjdk@%s" (macOS); then try again.\n' "$minimum" "$minimum"
    printf 'Looked in JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman/candidates/java, ~/.jdks and /Library/Java.\n'
    printf 'A JDK elsewhere is found by JAVA_HOME=/path/to/jdk.\n'
  } >&2
  return 1
}
