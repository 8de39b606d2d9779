/* WebAssembly as C: what wasm2c makes of fletcher32.wasm, compiled beside this file. Arguments: HEXADECIMAL MILLISECONDS. */
#include "timing.h"

#include "fletcher32.h"

int main(int count, char **arguments)
{
    static Z_fletcher32_instance_t instance;
    unsigned int at = 4096, length;

    if (count != 3) return 2;
    wasm_rt_init();
    Z_fletcher32_init_module();
    Z_fletcher32_instantiate(&instance);
    length = (unsigned int)read_bytes(arguments[1], &Z_fletcher32Z_memory(&instance)->data[at]);
    TIME(Z_fletcher32Z_fletcher32(&instance, at, length), atof(arguments[2]));
    return 0;
}
