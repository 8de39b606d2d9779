# Rule: program/regions
# Purpose: of eight regions the one listed at place {place} is written and read
# Region: r0 0x40000080 read-write 16 bytes from 1 by 1
# Region: r1 0x40000140 read-write 16 bytes from 17 by 1
# Region: r2 0x40000000 read-write 16 bytes from 33 by 1
# Region: r3 0x400000c0 read-write 16 bytes from 49 by 1
# Region: r4 0x40000180 read-write 16 bytes from 65 by 1
# Region: r5 0x40000040 read-write 16 bytes from 81 by 1
# Region: r6 0x40000100 read-write 16 bytes from 97 by 1
# Region: r7 0x400001c0 read-write 16 bytes from 113 by 1
# Each: place | address
#       0     | 0x40000080
#       1     | 0x40000140
#       2     | 0x40000000
#       3     | 0x400000c0
#       4     | 0x40000180
#       5     | 0x40000040
#       6     | 0x40000100
#       7     | 0x400001c0

    lddw %r1, {address}
    mov %r0, 7
    stxdw [%r1+8], %r0
    ldxdw %r0, [%r1+8]
    ldxdw %r2, [%r1+0]
    add %r0, %r2
    exit
