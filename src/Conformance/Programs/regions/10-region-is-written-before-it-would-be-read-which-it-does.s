# Rule: program/regions
# Purpose: a region is written before it would be read, which it does not permit
# Region: first 0x40000000 write 16 bytes from 11 by 37
# Region: second 0x40000040 read-write 16 bytes from 11 by 37

    lddw %r1, 0x40000000
    mov %r0, 7
    stdw [%r1+0], 5
    ldxdw %r0, [%r1+0]
    exit
