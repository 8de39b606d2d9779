/* What the machines in C that tests talk to share: hexadecimal text. */
#ifndef WIRE_H
#define WIRE_H

static inline int digit(int c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
