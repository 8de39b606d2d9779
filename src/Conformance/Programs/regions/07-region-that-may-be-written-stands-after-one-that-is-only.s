# Rule: program/regions
# Purpose: a region that may be written stands after one that is only read
# Region: first 0x40000000 read 16 bytes from 11 by 37
# Region: second 0x40000040 read-write 16 bytes from 11 by 37

    lddw %r1, 0x40000040
    stdw [%r1+0], 5
    ldxdw %r0, [%r1+0]
    exit
