# Rule: program/longest
# Purpose: there are as many slots as every machine accepts

    mov %r0, 7
.rept 4094
    add %r0, 3
.endr
    exit
