# Rule: program/regions
# Purpose: a region with an empty one before it is read
# Region: empty 0x40000000 read-write
# Region: island 0x40000040 read-write 16 bytes from 3 by 7

    lddw %r1, 0x40000040
    ldxdw %r0, [%r1+0]
    exit
