# Rule: program/regions
# Purpose: a region is at address 0
# Region: island 0x0 read-write 16 bytes from 3 by 7

    mov %r1, 0
    ldxdw %r0, [%r1+0]
    stb [%r1+1], 9
    ldxb %r2, [%r1+1]
    add %r0, %r2
    exit
