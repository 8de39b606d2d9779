using System.Globalization;
using System.Text;
using RbpfSpec.Rocq.Terms;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Rocq.Files;

/// <summary><c>Profile.v</c>: the traps, the sizes of a profile, and the one check of all accesses to memory.</summary>
internal static class ProfileFile
{
    /// <summary>The text.</summary>
    public static string Of(Profile profile)
    {
        var text = new StringBuilder(Generated.Head(
            "The traps, what the profile says in numbers, and the check of accesses to memory.", "Words Regions"));
        text.Append(CultureInfo.InvariantCulture, $"(** The profile [{profile.Name}]. {profile.Summary} *)\n\n");
        text.Append("(** Why the machine stops. *)\nInductive trap :=\n");
        foreach (var trap in Enum.GetValues<Trap>())
            text.Append(CultureInfo.InvariantCulture, $"| {trap} (** {TrapTable.Of(trap).Summary} *)\n");
        text.Append(".\n\n(** The size of a stack frame, and how many there may be, that of the entry included. *)\n");
        text.Append(CultureInfo.InvariantCulture, $"Definition frame_bytes : Z := {profile.FrameBytes}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Definition frame_limit : Z := {profile.FrameLimit}.\n\n");
        text.Append("(** Where a run's stack and its context begin, and how much it may use, unless its caller says otherwise. *)\n");
        text.Append(CultureInfo.InvariantCulture, $"Definition stack_start : Z := {RocqText.Of(AddressSpace.Stack)}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Definition context_start : Z := {RocqText.Of(AddressSpace.Context)}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Definition branch_limit : option Z := {Limit(profile.BranchLimit)}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Definition instruction_limit : option Z := {Limit(profile.InstructionLimit)}.\n\n");
        text.Append("(** Whether a region grants an access of [count] bytes at an address. *)\n"
            + "Definition grants_in (kind : access) (r : region) (address count : Z) : bool :=\n  match kind with\n");
        foreach (var (access, granted) in RocqMemory.Granting)
            text.Append(CultureInfo.InvariantCulture, $"  | {access} => {RocqText.Of(granted)}\n");
        return text.Append("  end.\n").ToString();
    }

    private static string Limit(Allowance<ulong> allowance) => allowance switch
    {
        Allowance<ulong>.Unlimited => "None",
        Allowance<ulong>.Remaining(var count) => $"Some {RocqText.Of(count)}",
    };
}
