# Rule: program/trap
# Purpose: a store that reaches one byte beyond the memory leaves every byte as it was
# Memory: 16 bytes from 11 by 37

    mov %r0, 0x600d
    lddw %r4, 0xfedcba9876543210
    stxdw [%r1+9], %r4
    mov %r0, 0xbad
    exit
