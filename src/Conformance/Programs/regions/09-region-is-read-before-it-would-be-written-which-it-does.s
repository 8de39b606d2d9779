# Rule: program/regions
# Purpose: a region is read before it would be written, which it does not permit
# Region: first 0x40000000 read 16 bytes from 11 by 37
# Region: second 0x40000040 read-write 16 bytes from 11 by 37

    lddw %r1, 0x40000000
    ldxdw %r0, [%r1+0]
    stdw [%r1+0], 5
    exit
