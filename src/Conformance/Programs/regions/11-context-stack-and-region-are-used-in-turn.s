# Rule: program/regions
# Purpose: context, stack and a region are used in turn
# Memory: 16 bytes from 11 by 37
# Region: island 0x40000000 read-write 16 bytes from 3 by 7

    lddw %r3, 0x40000000
    ldxdw %r0, [%r1+0]
    stxdw [%r10-8], %r0
    ldxdw %r4, [%r3+0]
    add %r0, %r4
    ldxdw %r4, [%r10-8]
    add %r0, %r4
    stxdw [%r3+8], %r0
    ldxdw %r4, [%r1+8]
    add %r0, %r4
    exit
