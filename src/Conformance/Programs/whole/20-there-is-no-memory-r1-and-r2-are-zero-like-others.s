# Rule: program/initial-registers
# Purpose: there is no memory: r1 and r2 are zero like the others

    or %r0, %r1
    or %r0, %r2
    or %r0, %r3
    or %r0, %r4
    or %r0, %r5
    or %r0, %r6
    or %r0, %r7
    or %r0, %r8
    or %r0, %r9
    add %r0, 7
    exit
