# The steps of .ci/run: sections with their seconds, work in the background, the tools for documents.

DOCUMENT_TOOLS=(libreoffice-calc libreoffice-writer chromium poppler-utils fonts-liberation)
DOCUMENT_COMMANDS=(soffice chromium pdftoppm)
SECONDS_TO_FETCH=100
SECONDS_TO_UNPACK=100

sections=()
started=()
declare -A pids=()

section() {
    printf '\n=== %s\n' "$1"
    sections+=("$1")
    started+=("$SECONDS")
}

# Seconds by section, so that growth is seen; also where a section failed, which is then the last.
summary() {
    local place next
    printf '\n=== Seconds by section\n'
    for place in "${!sections[@]}"; do
        next=${started[place + 1]:-$SECONDS}
        [ "${sections[place]}" = "All passed" ] || printf '%5d  %s\n' $((next - started[place])) "${sections[place]}"
    done
    printf '%5d  in all\n' "$SECONDS"
}

finish() {
    local code=$? name
    trap - EXIT
    # a signal may leave 0: only the last section says that all passed
    if [ "$code" -eq 0 ] && [ "${sections[*]: -1}" != "All passed" ]; then code=1; fi
    for name in "${!pids[@]}"; do # nothing of ours is left at work, and apt is never cut off
        [ "$name" = documents ] || kill "${pids[$name]}" 2>/dev/null || true
        wait "${pids[$name]}" 2>/dev/null || true
    done
    [ "${#sections[@]}" -eq 0 ] || summary
    [ "$code" -eq 0 ] || printf '\nFailed in: %s\n' "${sections[-1]}" >&2
    rm -rf "$work"
    exit "$code"
}

# in_background NAME COMMAND...: what it says is kept, and shown by result_of NAME, so that no two mix.
in_background() {
    local name=$1
    shift
    "$@" >"$work/$name.log" 2>&1 </dev/null &
    pids[$name]=$!
}

result_of() {
    local name=$1 code=0
    wait "${pids[$name]}" || code=$?
    unset "pids[$name]"
    cat "$work/$name.log"
    return "$code"
}

copy_checkout() {
    # What git tracks or would track: a clone's files, with changes not yet committed.
    git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
        while IFS= read -r -d '' file; do
            if [ -e "$file" ]; then printf '%s\0' "$file"; fi
        done |
        tar --create --null --files-from=- |
        tar --extract --directory="$1"
}

missing_commands() {
    local command
    for command in "${DOCUMENT_COMMANDS[@]}"; do
        command -v "$command" >/dev/null || printf '%s ' "$command"
    done
}

# Once, quietly, within a limit of time. Fetching is what may hang, so it is limited apart from
# unpacking: to cut that off would leave packages half installed.
install_document_tools() {
    [ -n "$(missing_commands)" ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "Document tools are installed only as root on a machine with apt-get."
        return 1
    fi
    local get=(apt-get -qq -y --no-install-recommends -o Acquire::Retries=0)
    export DEBIAN_FRONTEND=noninteractive
    if timeout "$SECONDS_TO_FETCH" apt-get -qq -o Acquire::Retries=0 update >"$work/apt.log" 2>&1 &&
        timeout "$SECONDS_TO_FETCH" "${get[@]}" install --download-only "${DOCUMENT_TOOLS[@]}" >>"$work/apt.log" 2>&1 &&
        timeout "$SECONDS_TO_UNPACK" "${get[@]}" install "${DOCUMENT_TOOLS[@]}" >>"$work/apt.log" 2>&1; then
        echo "Installed for tests of documents: ${DOCUMENT_TOOLS[*]}"
    else
        echo "apt-get could not install document tools: $(tail -n 1 "$work/apt.log")"
        return 1
    fi
}

say_what_is_skipped() {
    local missing
    missing=$(missing_commands)
    [ -z "$missing" ] || echo "Document tests that need these will be skipped, since they are not here: $missing"
}
