using RbpfSpec.Host;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Fuzzing;

/// <summary>The setting that programs are drawn for: a machine variant, and a host whose functions they may call.</summary>
public sealed class Setting
{
    /// <summary>A setting in which a program may call every function of the host.</summary>
    public Setting(Profile profile, HostState<Word> host)
    {
        Profile = profile;
        Host = host;
        Rules = new(profile, Ids(host.Helpers), Ids(host.BtfFunctions));
        Forms = [.. OperationTable.Forms.Where(form => profile.Has(form.Group) && profile.Grants(form.Needs))];
        Memory = Of<MemoryOperation, AtomicOperation>();
        Jumps = Of<JumpOperation, JumpOperation>();
        Calls = [.. Of<CallOperation, CallOperation>().Where(form => form.Operation is not CallOperation.Exit)];
    }

    /// <summary>The setting of the helpers that ship.</summary>
    public static Setting Of(Profile profile) => new(profile, DefaultHost.Granting(DefaultHost.Ids));

    /// <summary>The machine variant.</summary>
    public Profile Profile { get; }

    /// <summary>The host.</summary>
    public HostState<Word> Host { get; }

    /// <summary>The rules that programs are checked against.</summary>
    public Admission Rules { get; }

    /// <summary>Every encoding of the profile.</summary>
    public Sequence<Form> Forms { get; }

    /// <summary>The traps that a checked program can meet under the profile.</summary>
    public Sequence<Trap> Traps => [.. Enum.GetValues<Trap>().Where(CanHappen)];

    /// <summary>The loads, stores and atomic operations among <see cref="Forms"/>.</summary>
    internal Form[] Memory { get; }

    /// <summary>The jumps among <see cref="Forms"/>.</summary>
    internal Form[] Jumps { get; }

    /// <summary>The calls among <see cref="Forms"/>.</summary>
    internal Form[] Calls { get; }

    private bool CanHappen(Trap trap) => trap switch
    {
        Trap.IllegalInstruction or Trap.ProgramCounterOutside or Trap.UnknownHelper => false,
        Trap.MemoryAlignment => Profile.Alignment is Alignment.Natural,
        Trap.DivisionByZero => Profile.ZeroDivisor is ZeroDivisor.Traps,
        Trap.SignedOverflow => Profile.SignedOverflow is SignedOverflow.Traps,
        Trap.ShiftAmount => Profile.LargeShift is LargeShift.Traps,
        Trap.MemoryAccess or Trap.CallDepth or Trap.BranchBudget or Trap.InstructionBudget => true,
    };

    private Form[] Of<TFirst, TSecond>() => [.. Forms.Where(form => form.Operation is TFirst or TSecond)];

    private static Sequence<uint> Ids(Sequence<HelperFunction<Word>> functions) => functions.Map(function => function.Declaration.Id);
}
