#!/bin/sh
# Every rule has a test that fails without it: for each row of `raftlab help rules`, its test must pass, and must fail
# when the rule is off. usage: rules_off.sh RAFTLAB RAFTLAB_TESTS
set -u
raftlab=$1
tests=$2
failed=0
count=0
tab=$(printf '\t')
table=$("$raftlab" help rules | awk '/^  [a-z]/ { rule = $1 } sub(/^    test: +/, "") { print rule "\t" $0 }')
while IFS=$tab read -r rule test; do
  count=$((count + 1))
  filter=$(printf '%s' "$test" | tr ',' '?') # a comma separates filters
  if ! "$tests" --test-case="$filter" >/dev/null 2>&1; then
    result='does not pass with the rule on, or does not exist'
  elif RAFTLAB_RULE_OFF=$rule "$tests" --test-case="$filter" >/dev/null 2>&1; then
    result='passes although the rule is off'
  else
    printf '%-28s %s\n' "$rule" "$test"
    continue
  fi
  printf '%-28s %s: %s\n' "$rule" "$test" "$result"
  failed=1
done <<TABLE
$table
TABLE
if [ "$count" -lt 22 ]; then
  echo "only $count rules in the table"
  exit 1
fi
exit $failed
