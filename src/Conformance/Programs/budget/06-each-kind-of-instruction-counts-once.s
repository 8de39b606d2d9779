# Rule: program/budget
# Purpose: {what} a budget of instructions
# Instructions: {limit}
# Each: what                                           | limit | instruction
#       arithmetic is within                           | 3     | add %r0, 1
#       arithmetic takes the last of                   | 2     | add %r0, 1
#       a load is within                               | 3     | ldxb %r0, [%r10-1]
#       a load takes the last of                       | 2     | ldxb %r0, [%r10-1]
#       a store is within                              | 3     | stb [%r10-1], 1
#       a store takes the last of                      | 2     | stb [%r10-1], 1
#       a jump that is taken is within                 | 3     | ja +0
#       a jump that is taken takes the last of         | 2     | ja +0
#       a jump that is not taken is within             | 3     | jeq %r0, 9, +0
#       a jump that is not taken takes the last of     | 2     | jeq %r0, 9, +0
#       a wide load is within                          | 3     | lddw %r0, 0x100000001
#       a wide load takes the last of                  | 2     | lddw %r0, 0x100000001
#       a local call with its return is within         | 4     | call local f
#       a local call with its return takes the last of | 3     | call local f
#       an atomic operation is within                  | 3     | lock add [%r10-8], %r0
#       an atomic operation takes the last of          | 2     | lock add [%r10-8], %r0

    mov %r0, 0
    {instruction}
    exit
f:
    exit
