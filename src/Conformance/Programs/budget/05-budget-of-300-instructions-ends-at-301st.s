# Rule: program/budget
# Purpose: a budget of 300 instructions ends at the 301st
# Branches: 5000
# Instructions: 300

    mov %r0, 0
loop:
    add %r0, 1
    ja loop
    exit
