# Rule: program/start
# Purpose: r0 is zero
# Memory: 4 bytes from 1 by 1

    add %r0, 7
    exit
