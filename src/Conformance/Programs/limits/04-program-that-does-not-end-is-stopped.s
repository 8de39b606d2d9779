# Rule: program/branches
# Purpose: a program that does not end is stopped

    mov %r0, 1
loop:
    add %r0, 1
    ja loop
    exit
