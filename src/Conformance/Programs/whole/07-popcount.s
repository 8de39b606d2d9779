# Rule: program/popcount
# Purpose: set bits are counted

    lddw %r1, 0x8000f00f12345678
    mov %r0, 0
loop:
    jeq %r1, 0, out
    mov %r2, %r1
    sub %r2, 1
    and %r1, %r2
    add %r0, 1
    ja loop
out:
    exit
