# Rule: program/start
# Purpose: the access is one past a context of {length} bytes
# Memory: {length} bytes from 11 by 37
# Each: length
#       1
#       8
#       256
#       257
#       600

    mov %r0, 7
    ldxb %r0, [%r1+{length}]
    exit
