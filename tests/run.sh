#!/usr/bin/env bash
# Runs every test of the project on a machine with the .NET SDK and apt-get, and ends with one line "N passed, N failed".
#
#   tests/run.sh                    everything
#   tests/run.sh Profile Web        only tests/Profile.Tests and tests/Web.Tests
#   tests/run.sh format             only the check of the code's format
#
# CONFIGURATION   Debug (default) or Release. Debug, because it is what `dotnet run`, `dotnet test` and editors build:
#                 one set of outputs, and assertions hold. What is measured (tests/Benchmarks) is built in Release by itself.
# TEST_TIMEOUT    seconds that one test project may take before it counts as failed; default 2700.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

configuration="${CONFIGURATION:-Debug}"
limit="${TEST_TIMEOUT:-2700}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
export MSBUILDDISABLENODEREUSE=1    # no build process stays behind

passed=0 failed=0 running=""
results="$(mktemp -d "${TMPDIR:-/tmp}/matchmaking-results.XXXXXX")"
root=""; [ "$(id -u)" -eq 0 ] || root="sudo"

finish() {
    rm -rf "$results"
    restore_policy
}
stop() {
    [ -z "$running" ] || kill "$running" 2>/dev/null || true
    exit 130
}
trap finish EXIT
trap stop INT TERM

say()  { printf '%s\n' "$*"; }
fail() { failed=$((failed + 1)); say "FAILED  $*"; }

# ---- 1. What the tests need besides the SDK ---------------------------------------------------------------------------

missing_packages() {
    [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]          || say rabbitmq-server
    command -v redis-server >/dev/null                    || say redis-server
    ldconfig -p | grep libgomp.so.1 >/dev/null             || say libgomp1    # LightGBM trains with it; not -q, which would break off the pipe and count as missing
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || say postgresql
    [ -x /usr/bin/chromium ]                              || say chromium                   # a kiosk's own browser, with its profile
    [ -x /usr/bin/chromium-headless-shell ]               || say chromium-headless-shell    # the same engine, for everything else
    [ -d /usr/share/fonts/truetype/noto ] \
        && compgen -G '/usr/share/fonts/truetype/noto/NotoSansArabic*' >/dev/null \
        && compgen -G '/usr/share/fonts/truetype/noto/NotoSansEthiopic*' >/dev/null || say fonts-noto-core
    /usr/bin/python3 -c 'import sklearn' 2>/dev/null      || say python3-sklearn    # measures are compared with its
}

# Debian starts a service as soon as its package is unpacked, on the default port. The tests start their own, on free ports,
# so /usr/sbin/policy-rc.d forbids it while we install; it works with and without systemd. What was there comes back.
policy=/usr/sbin/policy-rc.d policy_kept="" policy_made=""
forbid_services() {
    if [ -x "$policy" ]; then
        local answer=0
        "$policy" rabbitmq-server start >/dev/null 2>&1 || answer=$?
        [ "$answer" -ne 101 ] || return 0
        policy_kept="$policy.kept-by-matchmaking"
        $root mv "$policy" "$policy_kept"
    fi
    policy_made=1
    printf '#!/bin/sh\nexit 101\n' | $root tee "$policy" >/dev/null
    $root chmod 755 "$policy"
}
restore_policy() {
    [ -z "$policy_made" ] || $root rm -f "$policy"
    [ -z "$policy_kept" ] || $root mv "$policy_kept" "$policy"
    policy_made="" policy_kept=""
}

install_missing() {
    local packages
    mapfile -t packages < <(missing_packages)
    [ "${#packages[@]}" -gt 0 ] || return 0
    command -v apt-get >/dev/null || { say "These are missing and there is no apt-get to install them: ${packages[*]}"; return 1; }
    say "installing ${packages[*]}"
    forbid_services
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600)
    { $root "${apt[@]}" update && $root "${apt[@]}" install -y --no-install-recommends "${packages[@]}"; } \
        >"$results/apt.log" 2>&1 || { tail -n 30 "$results/apt.log"; restore_policy; return 1; }
    restore_policy
    # Only what came in just now: a PostgreSQL that somebody already runs here is theirs.
    if [ -d /run/systemd/system ]; then
        local package
        for package in "${packages[@]}"; do
            case "$package" in
                rabbitmq-server|redis-server|postgresql) $root systemctl disable --now "$package" >/dev/null 2>&1 || true ;;
            esac
        done
    fi
    mapfile -t packages < <(missing_packages)
    [ "${#packages[@]}" -eq 0 ] || { say "still missing after the installation: ${packages[*]}"; return 1; }
}

# ---- 2. Which checks ----------------------------------------------------------------------------------------------------

projects=() format=""
choose() {
    if [ "$#" -eq 0 ]; then
        local folder
        for folder in tests/*.Tests; do projects+=("$(basename "$folder")"); done
        format=1
        return
    fi
    local name
    for name in "$@"; do
        name="${name%.Tests}"
        if [ "$name" = format ]; then format=1
        elif [ -d "tests/$name.Tests" ]; then projects+=("$name.Tests")
        else fail "there is no tests/$name.Tests"
        fi
    done
}

# ---- 3. Running -----------------------------------------------------------------------------------------------------------

# In the background and waited for, so that Ctrl-C reaches `timeout`, which then ends the whole group.
with_limit() {
    local code=0
    timeout --kill-after=20 "$limit" "$@" &
    running=$!
    wait "$running" || code=$?
    running=""
    return "$code"
}

build() {
    local log="$results/build.log" start=$SECONDS code=0
    dotnet build "$1" -c "$configuration" --nologo -v q -clp:NoSummary >"$log" 2>&1 || code=$?
    [ "$code" -eq 0 ] || sort -u "$log" | grep -E 'error|warn' | head -n 40 || true
    say "$(printf '%-8s%-28s %4d s' "$([ "$code" -eq 0 ] && say built || say BROKEN)" "$1" $((SECONDS - start)))"
    return "$code"
}

# The value of one attribute of the trx file's <Counters>.
counter() { sed -n "s/.*<Counters[^>]* $2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

# Name, message and the head of the stack trace of every failed test in a trx file.
show_failures() {
    awk 'BEGIN { RS = "<UnitTestResult " }
        function part(text, tag,    from, to) {
            from = index(text, "<" tag ">"); to = index(text, "</" tag ">")
            return from && to ? substr(text, from + length(tag) + 2, to - from - length(tag) - 2) : ""
        }
        function plain(text) {
            gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\x27", text)
            gsub(/&#xD;/, "", text); gsub(/&#xA;/, "\n", text); gsub(/&amp;/, "\\&", text)
            return text
        }
        NR > 1 && /^[^>]*outcome="Failed"/ {
            name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name)
            message = plain(part($0, "Message")); gsub(/\n/, "\n          ", message)
            count = split(plain(part($0, "StackTrace")), frames, "\n")
            printf "        - %s\n          %s\n", plain(name), message
            for (i = 1; i <= count && i <= 6; i++) printf "          %s\n", frames[i]
        }' "$1"
}

run_project() {
    local name="$1" start=$SECONDS code=0 trx="$results/$1.trx" log="$results/$1.log"
    with_limit dotnet test "tests/$name" -c "$configuration" --no-build --nologo \
        --logger "trx;LogFileName=$name.trx" --results-directory "$results" >"$log" 2>&1 || code=$?

    local total=0 ok=0 skipped=0 bad
    if [ -f "$trx" ]; then
        total="$(counter "$trx" total)" ok="$(counter "$trx" passed)" skipped="$(counter "$trx" notExecuted)"
        total="${total:-0}" ok="${ok:-0}" skipped="${skipped:-0}"
    fi
    # What neither passed nor was left out has failed, whatever the trx calls it (error, timeout, aborted).
    bad=$((total - ok - skipped)); [ "$bad" -ge 0 ] || bad=0
    local line; line="$(printf '%-28s %4d s  %4d passed, %d failed' "$name" $((SECONDS - start)) "$ok" "$bad")"
    [ "$skipped" -eq 0 ] || line+=", $skipped skipped"
    passed=$((passed + ok)) failed=$((failed + bad))

    if [ "$bad" -gt 0 ]; then
        say "FAILED  $line"
        show_failures "$trx"
    elif [ "$code" -ne 0 ] || [ "$ok" -eq 0 ]; then
        if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then line+="; stopped after $limit s"
        elif [ "$total" -eq 0 ]; then line+="; it ran no test (exit code $code)"
        else line+="; the run ended with exit code $code"
        fi
        fail "$line"
        tail -n 30 "$log" | sed 's/^/        /'
    else
        say "passed  $line"
    fi
}

# Only blanks, line ends and the order of usings: what the format has beyond these are rules that the build has checked already.
check_format() {
    local start=$SECONDS code=0 log="$results/format.log"
    with_limit dotnet format whitespace . --folder --verify-no-changes >"$log" 2>&1 || code=$?
    local line; line="$(printf '%-28s %4d s' "dotnet format" $((SECONDS - start)))"
    if [ "$code" -eq 0 ]; then passed=$((passed + 1)); say "passed  $line"
    else fail "$line  (dotnet format whitespace . --folder mends it)"; head -n 30 "$log" | sed 's/^/        /'
    fi
}

main() {
    choose "$@"
    command -v dotnet >/dev/null || { fail "the .NET SDK is missing (see global.json)"; return; }
    local start=$SECONDS
    install_missing || { fail "installation of what the tests need"; return; }
    [ $((SECONDS - start)) -lt 2 ] || say "$(printf '%-8s%-28s %4d s' ready "programs" $((SECONDS - start)))"

    local whole=1 name
    build Matchmaking.sln || { whole=""; fail "build of Matchmaking.sln"; }
    for name in ${projects[@]+"${projects[@]}"}; do
        # One broken project must not hide what the others say.
        if [ -z "$whole" ] && ! build "tests/$name"; then fail "$name does not build"; continue; fi
        run_project "$name"
    done
    [ -z "$format" ] || check_format
}

main "$@"
[ $((passed + failed)) -gt 0 ] || fail "nothing was run"
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
