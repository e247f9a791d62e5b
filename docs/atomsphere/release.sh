#!/usr/bin/env bash
# Releases a Process with nothing but curl and jq, over the AtomSphere platform API: to a test environment, on to production, with
# its schedule and its settings, one run by hand, and a look at the audit log and the licences.
#
#   BASE=http://localhost:5080/api/rest/v1/local AUTH=BOOMI_TOKEN.kim@example.com:$KEY \
#   PROCESS="Orders to ERP" TEST_ATOM=Sandbox PROD_ATOM=Berlin docs/atomsphere/release.sh
set -euo pipefail

: "${BASE:?the address of the account, such as http://localhost:5080/api/rest/v1/local}"
: "${PROCESS:?the name of the Process}" "${TEST_ATOM:?the name of the Atom for tests}" "${PROD_ATOM:?the name of the Atom for production}"
AUTH=${AUTH:-BOOMI_TOKEN.nobody:nothing}

# call METHOD PATH [BODY]: prints the answer; says what was wrong and ends where it is an error.
call() {
    local answer
    # What did not get through is sent again; with the key it is done once, however often it arrives.
    answer=$(curl -s --retry 5 -u "$AUTH" -X "$1" -H 'Accept: application/json' -H "Idempotency-Key: $(date +%s%N)-$RANDOM" ${3+-H 'Content-Type: application/json' -d "$3"} "$BASE/$2")
    if [ "$(jq -r '."@type"? // ""' <<<"${answer:-null}")" = Error ]; then
        echo "$1 $2: $(jq -r .message <<<"$answer")" >&2
        return 1
    fi
    echo "$answer"
}

# find OBJECT PROPERTY VALUE FIELD: one field of the one object that fits, or nothing.
find_one() {
    call POST "$1/query" "$(jq -n --arg property "$2" --arg value "$3" '{QueryFilter: {expression: {operator: "EQUALS", property: $property, argument: [$value]}}}')" | jq -r --arg field "$4" '.result[0][$field] // empty'
}

# pair OBJECT FIELD VALUE FIELD VALUE: makes the relation unless there is one.
pair() {
    local there
    there=$(call POST "$1/query" "$(jq -n --arg a "$2" --arg b "$3" --arg c "$4" --arg d "$5" '{QueryFilter: {expression: {operator: "and", nestedExpression: [{operator: "EQUALS", property: $a, argument: [$b]}, {operator: "EQUALS", property: $c, argument: [$d]}]}}}')" | jq -r .numberOfResults)
    [ "$there" != 0 ] || call POST "$1" "$(jq -n --arg a "$2" --arg b "$3" --arg c "$4" --arg d "$5" '{($a): $b, ($c): $d}')" >/dev/null
}

# environment NAME CLASSIFICATION: its id; made where it is missing.
environment() {
    local id
    id=$(find_one Environment name "$1" id)
    [ -n "$id" ] || id=$(call POST Environment "$(jq -n --arg name "$1" --arg class "$2" '{name: $name, classification: $class}')" | jq -r .id)
    echo "$id"
}

process=$(find_one Process name "$PROCESS" id)
test_atom=$(find_one Atom name "$TEST_ATOM" id)
prod_atom=$(find_one Atom name "$PROD_ATOM" id)
[ -n "$process" ] && [ -n "$test_atom" ] && [ -n "$prod_atom" ] || { echo "There is no Process $PROCESS, or no Atom $TEST_ATOM or $PROD_ATOM." >&2; exit 1; }
echo "Process $process, Atoms $test_atom and $prod_atom"

test=$(environment Test TEST)
prod=$(environment Production PROD)
pair EnvironmentAtomAttachment environmentId "$test" atomId "$test_atom"
pair EnvironmentAtomAttachment environmentId "$prod" atomId "$prod_atom"
pair ProcessEnvironmentAttachment environmentId "$test" processId "$process"
pair ProcessEnvironmentAttachment environmentId "$prod" processId "$process"

deployment=$(call POST Deployment "$(jq -n --arg e "$test" --arg p "$process" '{environmentId: $e, processId: $p, notes: "Release by script"}')")
echo "Deployed to Test: version $(jq -r .version <<<"$deployment")"
call POST Deployment/query "$(jq -n --arg p "$process" '{QueryFilter: {expression: {operator: "and", nestedExpression: [{operator: "EQUALS", property: "processId", argument: [$p]}, {operator: "EQUALS", property: "current", argument: ["true"]}]}}}')" | jq -r '.result[] | "  version \(.version) of \(.deployedOn) by \(.deployedBy) in \(.environmentId)"'

call POST "deployProcess/$(jq -r .id <<<"$deployment")/$prod/$(jq -r .digest <<<"$deployment")" >/dev/null
echo "Promoted to Production: version $(jq -r .version <<<"$deployment")"

schedules=$(call POST ProcessSchedules/query "$(jq -n --arg p "$process" --arg a "$prod_atom" '{QueryFilter: {expression: {operator: "and", nestedExpression: [{operator: "EQUALS", property: "processId", argument: [$p]}, {operator: "EQUALS", property: "atomId", argument: [$a]}]}}}')" | jq -r '.result[0].id')
call POST "ProcessSchedules/$schedules/update" "$(jq -n --arg id "$schedules" --arg p "$process" --arg a "$prod_atom" '{id: $id, processId: $p, atomId: $a, Schedule: [{minutes: "0", hours: "6-20", daysOfWeek: "2-6", daysOfMonth: "*", months: "*", years: "*"}], Retry: {maxRetry: 3, Schedule: [{minutes: "*", hours: "*", daysOfWeek: "*", daysOfMonth: "*", months: "*", years: "*"}]}}')" >/dev/null
call POST "ProcessScheduleStatus/$schedules/update" "$(jq -n --arg id "$schedules" --arg p "$process" --arg a "$prod_atom" '{id: $id, processId: $p, atomId: $a, enabled: false}')" >/dev/null
echo "Scheduled hourly on workdays, and stopped until somebody resumes it"

extensions=$(call GET "EnvironmentExtensions/$prod")
if jq -e '.properties.property[0]? // empty' <<<"$extensions" >/dev/null; then
    call POST "EnvironmentExtensions/$prod/update" "$(jq '{"@type", id, environmentId, partial: true, properties: {"@type": "Properties", property: [.properties.property[0] | .value = "set by script"]}}' <<<"$extensions")" >/dev/null
    echo "Set $(jq -r '.properties.property[0].name' <<<"$extensions") for Production"
fi

request=$(call POST ExecutionRequest "$(jq -n --arg p "$process" --arg a "$prod_atom" '{processId: $p, atomId: $a, DynamicProcessProperties: {DynamicProcessProperty: []}, ProcessProperties: {ProcessProperty: []}}')" | jq -r .requestId)
for _ in $(seq 60); do
    record=$(call GET "ExecutionRecord/async/$request")
    case $(jq -r '.result[0].status // .status // "STARTED"' <<<"$record") in STARTED | INPROCESS) sleep 1 ;; *) break ;; esac
done
echo "Ran: $(jq -r '(.result[0] // .) | "\(.status) in \(.executionDuration) ms"' <<<"$record")"

echo "Audit log:"
call POST AuditLog/query "$(jq -n --arg a "$prod_atom" '{QueryFilter: {expression: {operator: "EQUALS", property: "containerId", argument: [$a]}}}')" | jq -r '.result[] | "  \(.date) \(.userId) \(.type) \(.action): \(.message)"'
echo "Licences: $(call GET "Account/${BASE##*/}" | jq -c '.licensing | with_entries(select((.value | type) == "object" and .value.used > 0) | .value |= {purchased, used})')"
curl -s -u "$AUTH" "$(call POST ConnectionLicensingReport '{"QueryFilter": {}}' | jq -r .url)" | sed 's/^/  /'
