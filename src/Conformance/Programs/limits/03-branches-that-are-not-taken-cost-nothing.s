# Rule: program/branches
# Purpose: branches that are not taken cost nothing

    mov %r0, 0
    mov %r1, 201
loop:
    jeq %r1, 0, out
    jgt %r0, 0x7fffffff, out
    add %r0, %r1
    sub %r1, 1
    jne %r1, 0, loop
out:
    exit
