# Rule: program/collatz
# Purpose: a number comes to one

    mov %r1, 27
    mov %r0, 0
    mov %r3, 90
loop:
    jeq %r1, 1, out
    sub %r3, 1
    jeq %r3, 0, out
    add %r0, 1
    jset %r1, 1, odd
    rsh %r1, 1
    ja loop
odd:
    mul %r1, 3
    add %r1, 1
    ja loop
out:
    exit
