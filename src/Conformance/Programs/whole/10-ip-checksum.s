# Rule: program/ip-checksum
# Purpose: the fields of a packet header are read in network order
# Memory: hex 45 00 00 3c 1c 46 40 00 40 06 b1 e6 c0 a8 00 68 c0 a8 00 01

    ldxh %r0, [%r1+2]
    be16 %r0
    ldxw %r3, [%r1+12]
    be32 %r3
    lsh %r0, 32
    or %r0, %r3
    ldxdw %r4, [%r1+0]
    be64 %r4
    xor %r0, %r4
    exit
