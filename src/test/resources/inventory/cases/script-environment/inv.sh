#!/bin/sh
printf '{"g": {"hosts": ["%s"]}, "_meta": {"hostvars": {}}}' "$(basename "$PWD")"
echo noise >&2
