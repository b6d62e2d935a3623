from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.greeting import greet


def main():
    module = AnsibleModule(
        argument_spec=dict(path=dict(type='path', required=True), name=dict(required=True)),
        supports_check_mode=True)
    if module.params['name'] == 'nobody':
        module.fail_json(msg='there is nobody to greet', asked='nobody')
    try:
        with open(module.params['path']) as file:
            now = file.read()
    except IOError:
        now = ''
    wanted = greet(module.params['name'])
    if now != wanted and not module.check_mode:
        with open(module.params['path'], 'w') as file:
            file.write(wanted)
    module.exit_json(changed=now != wanted, diff=dict(before=now, after=wanted))


main()
