#!/bin/sh
echo '{"plain": ["a", "b"], "old": {"x": 1, "t": "{{ y }}"}, "vars_only": {"vars": {"k": 1}}, "kids": {"children": ["plain", "new"]}, "_meta": {"hostvars": {}}}'
