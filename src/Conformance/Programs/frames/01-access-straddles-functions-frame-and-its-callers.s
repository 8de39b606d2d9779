# Rule: program/frames
# Purpose: a {access} straddles the function's frame and its caller's
# Each: access          | instruction
#       load            | ldxdw %r0, [%r10-4]
#       store           | stdw [%r10-4], 7
#       load of 2 bytes | ldxh %r0, [%r10-1]

    mov %r0, 7
    call local f
    exit
f:
    {instruction}
    exit
