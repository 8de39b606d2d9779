# Rule: program/regions
# Purpose: a region has {length} bytes, and the last one is read
# Region: large 0x40000000 read-write 8 bytes from 1 by 1, {zeros} bytes of 0
# Each: length | zeros | last
#       127    | 119   | 0x4000007e
#       128    | 120   | 0x4000007f
#       129    | 121   | 0x40000080
#       255    | 247   | 0x400000fe
#       256    | 248   | 0x400000ff
#       257    | 249   | 0x40000100
#       511    | 503   | 0x400001fe
#       512    | 504   | 0x400001ff
#       1024   | 1016  | 0x400003ff
#       1025   | 1017  | 0x40000400
#       4095   | 4087  | 0x40000ffe
#       4096   | 4088  | 0x40000fff
#       4097   | 4089  | 0x40001000
#       32768  | 32760 | 0x40007fff
#       65535  | 65527 | 0x4000fffe
#       65536  | 65528 | 0x4000ffff
#       65537  | 65529 | 0x40010000

    lddw %r1, {last}
    ldxb %r0, [%r1+0]
    add %r0, 3
    exit
