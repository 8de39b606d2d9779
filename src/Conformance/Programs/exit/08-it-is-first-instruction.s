# Rule: jmp/exit
# Purpose: it is the first instruction

    exit
