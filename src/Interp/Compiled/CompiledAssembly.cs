using System.Reflection;
using System.Reflection.Emit;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Compiled;

/// <summary>A compiled program as an assembly, which can be read again: the CIL that a <see cref="Vm"/> runs first.</summary>
/// <remarks>A machine whose accesses are elsewhere compiles again, with other expectations.</remarks>
/// <param name="Plan">What it was made from.</param>
/// <param name="Expectations">Where accesses are expected.</param>
/// <param name="Body">How its method is made up.</param>
/// <param name="Bytes">The assembly.</param>
internal sealed record CompiledAssembly(CompiledPlan Plan, Expectations Expectations, CompiledBody Body, Sequence<byte> Bytes)
{
    /// <summary>The type that the method is in.</summary>
    public const string Type = "Program";

    /// <summary>The method, with the parameters of <see cref="CompiledCode"/>; it yields the slot to go on from.</summary>
    public const string Method = "Run";

    /// <summary>Compiles a program for a machine with a context.</summary>
    /// <param name="program">The program.</param>
    public static CompiledAssembly Of(CheckedProgram program)
    {
        var profile = program.Rules.Profile;
        var isMetered = profile.InstructionLimit is Allowance<ulong>.Remaining;
        var plan = new CompiledPlan(
            Predecoder.Decode(program, new VmOptions().Platform, isMetered), program.Entry, isMetered, (ulong)profile.FrameBytes);
        return Of(plan, Prediction.Of(plan, AddressSpace.Stack, new(1, AddressSpace.Context)));
    }

    /// <summary>Compiles a plan.</summary>
    public static CompiledAssembly Of(CompiledPlan plan, Expectations expectations)
    {
        var builder = new PersistedAssemblyBuilder(new("program"), typeof(object).Assembly);
        var type = builder.DefineDynamicModule("program").DefineType(
            Type, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, typeof(object));
        var method = type.DefineMethod(
            Method, MethodAttributes.Public | MethodAttributes.Static, typeof(int), [.. CompiledCode.Parameters]);
        method.InitLocals = false;
        var body = Emitter.Emit(plan, expectations, null, null, method.GetILGenerator());
        type.CreateType();
        using var stream = new MemoryStream();
        builder.Save(stream);
        return new(plan, expectations, body, Sequence.Of<byte>(stream.ToArray()));
    }
}
