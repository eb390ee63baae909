#!/usr/bin/env bash
# Runs the tests of this folder on Mono: run.sh FILE, where FILE receives what xunit prints. Ends with a line
# "N passed, N failed, N skipped"; what not-on-mono.txt lists is skipped, for the reason that stands there.
set -u
here=$(cd "$(dirname "$0")" && pwd)
log=${1:?usage: run.sh LOG}
if ! command -v mono > /dev/null; then
    echo "Mono is not installed; the tests on a runtime like that of Windows PowerShell are skipped."
    exit 0
fi
if ! dotnet build "$here" -c Release -nologo -nodeReuse:false > "$log" 2>&1; then
    cat "$log"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi
runner=$(find "${NUGET_PACKAGES:-$HOME/.nuget/packages}/xunit.runner.console" -path '*net472/xunit.console.exe' | sort | tail -n 1)
tests=$here/bin/Release/net472/Dmarc.Tests.NetFramework.dll
options=()
listed=0
while read -r kind name _; do
    case $kind in
        class | method)
            options+=("-no$kind" "$name")
            listed=$((listed + 1))
            ;;
    esac
done < "$here/not-on-mono.txt"
timeout 900 mono "$runner" "$tests" -parallel none -noshadow -verbose "${options[@]}" > "$log" 2>&1
status=$?
# A run that hangs or crashes has no total: the test that had begun last is what to look at.
if ! grep -q 'Dmarc.Tests.NetFramework  *Total:' "$log"; then
    echo "The run did not end (exit code $status). The last that it printed:"
    tail -n 5 "$log"
fi
grep -E '\[(FAIL|SKIP)\]|^ +Dmarc.Tests.NetFramework +Total:|Unhandled|could not be found' "$log"
awk -v listed="$listed" '
    match($0, /Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+/) {
        split(substr($0, RSTART, RLENGTH), n, /[^0-9]+/)
        total = n[2]; failed = n[3] + n[4]; skipped = n[5]
        seen = 1
    }
    END {
        if (!seen) { failed = 1; total = 1 }
        printf "%d passed, %d failed, %d skipped\n", total - failed - skipped, failed, skipped + listed
    }
' "$log"
exit "$status"
