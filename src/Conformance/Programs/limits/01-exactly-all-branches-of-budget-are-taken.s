# Rule: program/branches
# Purpose: exactly all branches of the budget are taken

    mov %r0, 0
    mov %r1, 201
loop:
    add %r0, %r1
    sub %r1, 1
    jne %r1, 0, loop
    exit
