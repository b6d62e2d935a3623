#!/bin/sh
echo '{"dyn": {"hosts": ["s1"]}, "_meta": {"hostvars": {"s1": {"os": "debian"}}}}'
