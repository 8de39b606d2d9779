# Rule: program/start
# Purpose: r2 is the length of a context of {length} bytes, and its last byte is there
# Memory: {length} bytes from 11 by 37
# Each: length | last
#       1      | 0
#       7      | 6
#       8      | 7
#       15     | 14
#       16     | 15
#       31     | 30
#       33     | 32
#       63     | 62
#       65     | 64
#       127    | 126
#       129    | 128
#       255    | 254
#       256    | 255
#       257    | 256
#       600    | 599

    mov %r0, %r2
    lsh %r0, 8
    ldxb %r3, [%r1+{last}]
    add %r0, %r3
    exit
