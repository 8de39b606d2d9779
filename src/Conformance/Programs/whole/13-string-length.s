# Rule: program/string-length
# Purpose: a text is measured
# Memory: "twenty-one characters", hex 00

    mov %r0, 0
loop:
    ldxb %r3, [%r1+0]
    jeq %r3, 0, out
    add %r0, 1
    add %r1, 1
    ja loop
out:
    exit
