using RbpfSpec.Semantics.Clauses;

namespace RbpfSpec.Host.Helpers;

/// <summary>A numbered difference between the host of this project and the hosts that were published.</summary>
/// <remarks>The numbers go on after those of the machine's decision points; none is used again.</remarks>
/// <param name="Number">As in <c>D-22</c>.</param>
/// <param name="Name">The point, as a noun.</param>
/// <param name="Published">How the published systems do it.</param>
/// <param name="Here">How this host does it.</param>
/// <param name="Source">The published system meant.</param>
/// <param name="Reason">Why it differs.</param>
public sealed record HostDeviation(string Number, string Name, string Published, string Here, Clause Source, string Reason)
{
    private static readonly Clause Riot = new("RIOT", "sys/bpf");

    private static readonly Clause Femto = new("Femto-Containers", "call.c");

    /// <summary>Every one, in the order of the numbers.</summary>
    public static Sequence<HostDeviation> All { get; } =
    [
        new("D-21", "helper results",
            "arguments and results have 32 bits, and a result is extended with zeros",
            "arguments have the bits that the helper's sentence names; a negative result is negative in all 64 bits",
            Riot,
            "A program that compares r0 with 0 as 64 signed bits finds an error to be one; "
            + "those compiled with int results find it either way."),
        new("D-22", "device handles",
            "saul_reg_find_nth and saul_reg_find_type yield the address of the driver, and saul_reg_read takes any number for one",
            "they yield handles, which are places in a table of the container; any other number is answered with -19",
            Riot,
            "A forged address lets a program read and call what it likes. A handle of another container means nothing here."),
        new("D-23", "responses",
            "gcoap_resp_init and the helpers after it follow pointers in the context, "
            + "and write header and options into the program's buffer",
            "they work on the one response of the run; header and options stay in the host, and the program's buffer holds the payload, "
            + "from the address that coap_get_pdu yields; the view of the message is part of the context, which has 40 bytes",
            Riot,
            "A helper writes within its declared arguments only, and no program can forge the header of what a device sends."),
        new("D-24", "texts",
            "fmt_s16_dfp, fmt_u32_dec and strlen read and write on from their pointer without an end; "
            + "a null pointer asks for the length alone",
            "they end at the end of the region; a number that does not fit is not written, and the result is 0; a null pointer traps. "
            + "The point moves 7 places at most",
            Riot,
            "The end of a region is where a program's memory ends."),
        new("D-25", "waiting",
            "ztimer_periodic_wakeup blocks until the time has come",
            "it sets the time of the next run, and goes on at once",
            new("µBPF", "helpers"),
            "A run is one step of the device: one that waits would hold up all others, and would have no end that a budget sees."),
        new("D-26", "stores",
            "all stores share 16 places, a full one is written through a null pointer, and fetching a missing key takes a place",
            "each store has 16 places of its own; a full one refuses with -1 and stays as it is; a fetch takes no place",
            Riot,
            "A program must not exhaust, or corrupt, what belongs to others."),
        new("D-27", "faults",
            "what a run stored before it faulted stays, and the container runs again at the next event",
            "a run that faults leaves stores, actuators, context and response as they were, "
            + "and its container is stopped until it is started",
            Femto,
            "A fault is a bug of the program. What a half-finished run leaves behind is no state that its author thought of."),
        new("D-28", "data sections",
            "the data of an application are changed in place, and kept from run to run",
            "each run begins with the data as they were installed",
            Femto,
            "Values between runs are kept in stores, which have rules of capacity, and survive a restart."),
        new("D-29", "default response",
            "a program that never calls gcoap_resp_init sends what happens to be in the buffer, "
            + "or its result is formatted by each example in its way",
            "its result is sent as a signed decimal number, as plain text with 2.05; from -191 to -128 it is minus the code of an error",
            Femto,
            "A program that computes a number is a resource without a line of CoAP in it."),
        new("D-30", "detaching",
            "a container once installed on a hook stays there, even if its program is gone",
            "it can be detached, and is when it is removed",
            Riot,
            "A hook must not run what is not there."),
        new("D-31", "output",
            "a run prints as often as it likes, and as long as its printing takes nobody else runs",
            "a run prints 64 texts; what it prints beyond is lost, and the result of the helper is as if it were not",
            Riot,
            "Whoever reads what a device tells is slower than a program in a loop: one container must not hold up the others."),
    ];
}
