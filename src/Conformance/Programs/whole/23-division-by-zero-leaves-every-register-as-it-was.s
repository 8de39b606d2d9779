# Rule: program/trap
# Purpose: a division by zero leaves every register as it was, and what was stored before it stays
# Memory: 16 bytes from 11 by 37

    stxdw [%r1+0], %r2
    mov %r0, 0x600d
    mov %r3, 0
    lddw %r4, 0xfedcba9876543210
    div %r4, %r3
    stdw [%r1+8], -1
    mov %r0, 0xbad
    exit
