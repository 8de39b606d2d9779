# Rule: program/instructions
# Purpose: a budget of no instructions stops the first one
# Instructions: 0

    exit
