"""Writes a large Ansible repository: 300 roles with 1,000 task files, for bench/check1000.

    python3 bench/lib/repository.py DIRECTORY
"""

import pathlib
import sys

ROLES = 300
TASK_FILES = 1000
TASKS = 8


def tasks(role, number):
    lines = ["---"]
    for task in range(TASKS):
        name = f"r{role:03d}_{number}_{task}"
        lines += {
            0: [f"- name: Copy {name}",
                "  ansible.builtin.copy:",
                f"    dest: \"{{{{ r{role:03d}_dir }}}}/{name}\"",
                f"    content: \"{{{{ r{role:03d}_settings | to_nice_json }}}}\"",
                "    mode: \"0644\"",
                "  notify: Restart",
                f"  when: r{role:03d}_enabled | bool and inventory_hostname in groups['all']"],
            1: [f"- name: Package {name}",
                "  ansible.builtin.apt:",
                "    name: \"{{ item }}\"",
                "    state: present",
                f"  loop: \"{{{{ r{role:03d}_packages }}}}\"",
                "  become: true"],
            2: [f"- name: Ask {name}",
                "  ansible.builtin.command:",
                f"    cmd: test -e {{{{ r{role:03d}_dir }}}}/{name}",
                f"  register: {name}_asked",
                "  changed_when: false",
                f"  failed_when: {name}_asked.rc not in [0, 1]"],
            3: [f"- name: Template {name}",
                "  ansible.builtin.template:",
                f"    src: {number % 2}.conf.j2",
                f"    dest: \"{{{{ r{role:03d}_dir }}}}/{name}.conf\"",
                "    mode: \"0600\"",
                "  tags: [configuration]"],
            4: [f"- name: Together {name}",
                "  block:",
                "    - name: Directory",
                "      ansible.builtin.file:",
                f"        path: \"{{{{ r{role:03d}_dir }}}}/{name}\"",
                "        state: directory",
                "        mode: \"0755\"",
                "  rescue:",
                "    - name: Say so",
                "      ansible.builtin.debug:",
                "        msg: \"{{ ansible_failed_result.msg | default('unknown') }}\""],
            5: [f"- name: Remember {name}",
                "  ansible.builtin.set_fact:",
                f"    {name}_fact: \"{{{{ r{role:03d}_settings.list | map('upper') | list | join(',') }}}}\""],
            6: [f"- name: Check {name}",
                "  ansible.builtin.assert:",
                "    that:",
                f"      - {name.rsplit('_', 1)[0]}_5_fact is defined",
                f"      - r{role:03d}_settings.port | int > 1024"],
            7: [f"- name: Service {name}",
                "  ansible.builtin.systemd_service:",
                f"    name: \"{{{{ r{role:03d}_settings.service }}}}\"",
                "    state: started",
                "    enabled: true"],
        }[task % 8]
    return "\n".join(lines) + "\n"


def template(role):
    lines = ["# {{ ansible_managed }}", "{% for each in ROLE_settings.list %}", "item {{ each | upper }}", "{% endfor %}"]
    lines += ["{% if ROLE_enabled %}port {{ ROLE_settings.port }}{% endif %}"] * 10
    return "\n".join(lines).replace("ROLE", role) + "\n"


def main(target):
    root = pathlib.Path(target)

    def write(name, text):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    hosts = "\n".join(f"host{n:02d} ansible_connection=local" for n in range(20))
    write("hosts", f"[web]\n{hosts}\n")
    write("ansible.cfg", "[defaults]\ninventory = hosts\n")
    write("group_vars/all.yml", "".join(f"common_{n}: \"value {n} {{{{ inventory_hostname }}}}\"\n" for n in range(200)))
    files = 0
    for role in range(ROLES):
        here = f"roles/r{role:03d}"
        extra = 3 if role < TASK_FILES - 3 * ROLES else 2
        entries = []
        for number in range(1, extra + 1):
            write(f"{here}/tasks/part{number}.yml", tasks(role, number))
            how = "import_tasks" if number % 2 else "include_tasks"
            entries.append(f"- name: Part {number}\n  ansible.builtin.{how}: part{number}.yml\n")
        write(f"{here}/tasks/main.yml", "---\n" + "".join(entries) + tasks(role, 0)[4:])
        files += extra + 1
        write(f"{here}/handlers/main.yml",
              f"---\n- name: Restart\n  ansible.builtin.systemd_service: {{name: r{role:03d}, state: restarted}}\n")
        write(f"{here}/defaults/main.yml",
              f"---\nr{role:03d}_enabled: true\nr{role:03d}_dir: \"/opt/{{{{ common_{role % 200} }}}}\"\n"
              f"r{role:03d}_packages: [a, b]\nr{role:03d}_settings: {{port: 8080, service: x, list: [a, b, c]}}\n")
        for number in range(2):
            write(f"{here}/templates/{number}.conf.j2", template(f"r{role:03d}"))
        if role % 10 == 9:
            write(f"{here}/meta/main.yml", f"---\ndependencies:\n  - role: r{role - 1:03d}\n")
    plays = []
    for first in range(0, ROLES, 30):
        roles = "\n".join(f"    - r{role:03d}" for role in range(first, first + 30))
        plays.append(f"- name: Roles {first}\n  hosts: web\n  roles:\n{roles}\n")
    write("site.yml", "---\n" + "\n".join(plays))
    print(f"{files} task files, {ROLES} roles")


if __name__ == "__main__":
    main(sys.argv[1])
