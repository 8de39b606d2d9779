# Rule: program/regions
# Purpose: a region is at {address}
# Region: island {address} read-write 16 bytes from 3 by 7
# Each: address
#       0x7ffffff8
#       0xfffffff8
#       0x7ffffffffffffff8
#       0xfffffffffffffff0
#       0x8000000000000000
#       0x1000000000000
#       0x200000000
#       0x10
#       0x100
#       0xfff8
#       0x80000000
#       0x100000000

    lddw %r1, {address}
    stdw [%r1+8], 5
    ldxdw %r0, [%r1+0]
    ldxdw %r2, [%r1+8]
    add %r0, %r2
    ldxdw %r2, [%r1+4]
    add %r0, %r2
    exit
