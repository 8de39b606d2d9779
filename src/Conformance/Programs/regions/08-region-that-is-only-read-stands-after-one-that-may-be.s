# Rule: program/regions
# Purpose: a region that is only read stands after one that may be written
# Region: first 0x40000000 read-write 16 bytes from 11 by 37
# Region: second 0x40000040 read 16 bytes from 11 by 37

    lddw %r1, 0x40000040
    mov %r0, 7
    stdw [%r1+0], 5
    exit
