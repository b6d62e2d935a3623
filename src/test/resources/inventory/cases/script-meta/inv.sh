#!/bin/sh
[ "$1" = --list ] || exit 9
cat <<'JSON'
{"web": {"hosts": ["a", "b"], "vars": {"x": 1, "t": "{{ y }}"}, "children": ["kid"]},
 "kid": {"hosts": ["c"]}, "lonely": {"hosts": []}, "all": {"vars": {"site": "lab"}},
 "_meta": {"hostvars": {"a": {"n": 1, "u": {"__ansible_unsafe": "{{ no }}"}, "l": [1, "{{ z }}"]}, "unknown": {"q": 1}}}}
JSON
