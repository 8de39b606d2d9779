/* What the C library of a hosted firmware needs at its start: the files of the host. Those that wait for whoever writes to them are
 * opened by their names, since the emulator's console has an end wherever nothing has been written yet. */
#include <stdio.h>
#include <stdlib.h>

extern void initialise_monitor_handles(void);
int hosted_main(void);

/* The library asks for it when a program ends. */
void _fini(void);
void _fini(void) {}

int main(void)
{
    initialise_monitor_handles();
    if (!freopen("/dev/stdin", "r", stdin) || !freopen("/dev/stdout", "w", stdout)) exit(98);
    exit(hosted_main());
}
