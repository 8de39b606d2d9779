# Rule: program/crc32
# Purpose: a cyclic redundancy check is computed bit by bit
# Memory: 2 bytes from 11 by 37

    mov32 %r0, -1
    mov %r6, 2
next:
    ldxb %r3, [%r1+0]
    xor32 %r0, %r3
    mov %r4, 8
bit:
    mov32 %r5, %r0
    rsh32 %r0, 1
    and32 %r5, 1
    neg32 %r5
    and32 %r5, 0xedb88320
    xor32 %r0, %r5
    sub %r4, 1
    jne %r4, 0, bit
    add %r1, 1
    sub %r6, 1
    jne %r6, 0, next
    xor32 %r0, -1
    exit
