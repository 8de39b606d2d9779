# Rule: program/regions
# Purpose: a region has {length} bytes, and the access is one past the last
# Region: large 0x40000000 read-write 8 bytes from 1 by 1, {zeros} bytes of 0
# Each: length | zeros | end
#       256    | 248   | 0x40000100
#       4096   | 4088  | 0x40001000
#       65536  | 65528 | 0x40010000

    lddw %r1, {end}
    mov %r0, 7
    ldxb %r0, [%r1+0]
    exit
