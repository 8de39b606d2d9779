using System.Reflection.Emit;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Compiled;

/// <summary>How the method begins and ends, and what it finds out about regions.</summary>
internal sealed unsafe partial class Emitter
{
    private readonly Dictionary<int, LocalBuilder> hosts = [];
    private readonly Dictionary<int, ulong> starts = [];
    private readonly Dictionary<(int Index, Permission Needed, int Bytes), LocalBuilder> reaches = [];
    private readonly Dictionary<int, Permission> needed = [];
    private LocalBuilder? stackStart;
    private LocalBuilder? stackHost;
    private bool writesStack;

    private void Head()
    {
        FindRegions();
        if (beginning is null) HeadOfEntries();
        else HeadOf(beginning);
    }

    // All that a run begins with is known, but for where the bytes are, and how long the context is if it can have any length.
    private void HeadOf(Beginning known)
    {
        if (stackStart is not null) Constant(stackStart, AddressSpace.Stack);
        if (stackHost is not null)
        {
            writer.FieldOfState(Offsets.StackHost);
            writer.Do(OpCodes.Ldind_I);
            writer.Set(stackHost);
        }

        if (hosts.TryGetValue(Beginning.ContextRegion, out var host))
        {
            writer.Do(OpCodes.Ldarg_2);
            writer.Set(host);
        }

        foreach (var ((_, _, bytes), reach) in reaches) ReachOfContext(known, bytes, reach);
        for (var i = 0; i < registers.Length; i++)
        {
            if (registers[i] is not { } register) continue;
            if (known.Register(i) is { } value)
            {
                Constant(register, value);
                continue;
            }

            LoadOfRegion(Beginning.ContextRegion, Offsets.RegionLength);
            writer.Set(register);
        }

        Constant(branches, known.Branches);
        if (instructions is not null) Constant(instructions, known.Instructions);
        if (places[plan.Entries[0]] is var first && plan.Entries[0] != plan.Instructions[0].Slot) writer.Jump(OpCodes.Br, first);
    }

    private void ReachOfContext(Beginning known, int bytes, LocalBuilder reach)
    {
        if (known.ContextLength is { } length)
        {
            Constant(reach, Grants.Reach(length, (ulong)bytes));
            return;
        }

        var next = writer.Label();
        Constant(reach, 0);
        LoadOfRegion(Beginning.ContextRegion, Offsets.RegionLength);
        writer.Number((ulong)bytes);
        writer.Jump(OpCodes.Blt_Un, next);
        LoadOfRegion(Beginning.ContextRegion, Offsets.RegionLength);
        writer.Number((ulong)bytes - 1);
        writer.Do(OpCodes.Sub);
        writer.Set(reach);
        writer.Mark(next);
    }

    private void Constant(LocalBuilder local, ulong value)
    {
        writer.Number(value);
        writer.Set(local);
    }

    private void HeadOfEntries()
    {
        var refuse = writer.Label();
        Stack(refuse);
        Assumptions(refuse);
        foreach (var region in hosts.Keys.Order().ToList()) Region(region);
        for (var i = 0; i < registers.Length; i++)
        {
            if (registers[i] is not { } register) continue;
            LoadField(8 * i);
            writer.Set(register);
        }

        LoadField(Offsets.Branches);
        writer.Set(branches);
        if (instructions is not null)
        {
            LoadField(Offsets.Instructions);
            writer.Set(instructions);
        }

        var entries = plan.Entries.Select(slot => (Slot: slot, Label: ReserveAt(slot) > 0 ? writer.Label() : places[slot])).ToList();
        writer.Do(OpCodes.Ldarg_2);
        writer.Switch([.. entries.Select(entry => entry.Label)]);
        writer.Mark(refuse);
        Answer(CompiledCode.Refused);
        var tooFew = writer.Label();
        foreach (var (slot, label) in entries.Where(entry => ReserveAt(entry.Slot) > 0))
        {
            writer.Mark(label);
            JumpIfFewer(ReserveAt(slot), tooFew);
            writer.Jump(OpCodes.Br, places[slot]);
        }

        writer.Mark(tooFew);
        Answer(CompiledCode.Short);

        void Answer(int answer)
        {
            writer.Number32(answer);
            writer.Do(OpCodes.Ret);
        }
    }

    private void FindRegions()
    {
        List<(int Region, Permission Permission, int Bytes)> sites = [];
        foreach (var instruction in plan.Instructions)
        {
            var own = instruction.Own;
            if (CompiledPlan.AlwaysLeaves(instruction) || CompiledPlan.RowOf(own) is not { Kind: Kind.Access } row) continue;
            var bytes = Emission.SizeOf(CompiledPlan.NameOf(own));
            if (IsInFrame(own, row, bytes) is true)
            {
                UseStack();
                writesStack |= IsWrite(row);
            }
            else if (ProvedRegion(instruction.Slot) is { } proved)
            {
                UseHost(proved);
                writesStack |= IsWrite(row) && proved.Index < 0;
            }
            else
            {
                foreach (var region in expectations.BySlot[instruction.Slot])
                {
                    UseHost(region);
                    writesStack |= IsWrite(row) && region.Index < 0;
                    if (region.Index < 0) continue;
                    needed[region.Index] = needed.GetValueOrDefault(region.Index) | PermissionOf(row);
                    sites.Add((region.Index, PermissionOf(row), bytes));
                }
            }
        }

        foreach (var (region, permission, bytes) in sites)
        {
            var key = (region, Needed(region, permission), bytes);
            if (!reaches.ContainsKey(key)) reaches[key] = writer.Local(typeof(ulong));
        }

        void UseHost(ExpectedRegion region)
        {
            if (region.Index < 0)
            {
                UseStack();
            }
            else if (starts.TryAdd(region.Index, region.Start))
            {
                hosts[region.Index] = writer.Local(typeof(byte*));
            }
        }

        void UseStack()
        {
            stackHost ??= writer.Local(typeof(byte*));
            stackStart ??= plan.HasLocalCalls ? writer.Local(typeof(ulong)) : null;
        }
    }

    private ExpectedRegion? ProvedRegion(int slot) => facts is null || !facts.Sites.TryGetValue(slot, out var index) ? null
        : index < 0 ? ExpectedRegion.Stack
        : facts.Regions[index].Expected;

    private static Permission PermissionOf(Row row) => IsWrite(row) ? Permission.Write : Permission.Read;

    // The permission that is looked at: of a region that is expected to grant both, all that some access to it needs.
    private Permission Needed(int region, Permission permission) =>
        expectations.Granting.Contains(region) ? needed[region] : permission;

    private static bool IsWrite(Row row) => row.Kind is Kind.Access { Permission: Permission.Write };

    // Of an access by r10 whether it lies in the frame at hand; null of others.
    private bool? IsInFrame(PredecodedStep step, Row row, int bytes)
    {
        if (BaseOf(step, row) / 8 != LastRegister) return null;
        var at = plan.FrameBytes + (ulong)step.Offset;
        return plan.FrameBytes >= (ulong)bytes && at <= plan.FrameBytes - (ulong)bytes;
    }

    private static byte BaseOf(PredecodedStep step, Row row) => IsWrite(row) ? step.Destination : step.Source;

    // That the frame at hand is where it is expected, and that r10 is its end.
    private void Stack(Label refuse)
    {
        if (stackHost is null && registers[LastRegister] is null) return;
        LoadField(Offsets.StackStart);
        if (stackStart is not null)
        {
            writer.Set(stackStart);
            writer.Get(stackStart);
        }

        if (!plan.HasLocalCalls)
        {
            writer.Number(expectations.StackStart);
            writer.Jump(OpCodes.Bne_Un, refuse);
            writer.Number(expectations.StackStart);
        }

        Plus(plan.FrameBytes);
        LoadField(8 * LastRegister);
        writer.Jump(OpCodes.Bne_Un, refuse);
        if (stackHost is null) return;
        writer.FieldOfState(Offsets.StackHost);
        writer.Do(OpCodes.Ldind_I);
        writer.Set(stackHost);
    }

    // What facts assume of regions.
    private void Assumptions(Label refuse)
    {
        if (facts is null) return;
        foreach (var region in facts.Regions)
        {
            LoadField(Offsets.RegionCount);
            writer.Number((ulong)region.Index);
            writer.Jump(OpCodes.Ble_Un, refuse);
            LoadOfRegion(region.Index, Offsets.RegionStart);
            writer.Number(region.Start);
            writer.Jump(OpCodes.Bne_Un, refuse);
            LoadOfRegion(region.Index, Offsets.RegionLength);
            writer.Number(region.Length);
            writer.Jump(OpCodes.Blt_Un, refuse);
            Permits(region.Index, (ulong)region.Permission);
            writer.Jump(OpCodes.Bne_Un, refuse);
        }
    }

    // A region that is not where it is expected, or grants nothing, or has 2^63 bytes, has reaches of zero.
    private void Region(int index)
    {
        var host = hosts[index];
        var own = reaches.Where(pair => pair.Key.Index == index).ToList();
        foreach (var (_, reach) in own)
        {
            writer.Number(0);
            writer.Set(reach);
        }

        var next = writer.Label();
        writer.Number(0);
        writer.Do(OpCodes.Conv_U);
        writer.Set(host);
        LoadField(Offsets.RegionCount);
        writer.Number((ulong)index);
        writer.Jump(OpCodes.Ble_Un, next);
        LoadOfRegion(index, Offsets.RegionStart);
        writer.Number(starts[index]);
        writer.Jump(OpCodes.Bne_Un, next);
        FieldOfRegion(index, Offsets.RegionHost);
        writer.Do(OpCodes.Ldind_I);
        writer.Set(host);
        foreach (var ((_, permission, bytes), reach) in own)
        {
            var none = writer.Label();
            Permits(index, (ulong)permission);
            writer.Jump(OpCodes.Bne_Un, none);
            LoadOfRegion(index, Offsets.RegionLength);
            writer.Number((ulong)bytes);
            writer.Jump(OpCodes.Blt, none);
            LoadOfRegion(index, Offsets.RegionLength);
            writer.Number((ulong)bytes - 1);
            writer.Do(OpCodes.Sub);
            writer.Set(reach);
            writer.Mark(none);
        }

        writer.Mark(next);
    }

    // Two numbers that are equal if the region has the permission.
    private void Permits(int index, ulong permission)
    {
        LoadOfRegion(index, Offsets.RegionPermission);
        writer.Number(permission);
        writer.Do(OpCodes.And);
        writer.Number(permission);
    }

    private void LoadField(int offset)
    {
        writer.FieldOfState(offset);
        writer.Do(OpCodes.Ldind_I8);
    }

    private void FieldOfRegion(int index, int offset)
    {
        writer.FieldOfState(Offsets.Regions);
        writer.Do(OpCodes.Ldind_I);
        writer.Number32((index * sizeof(MappedRegion)) + offset);
        writer.Do(OpCodes.Add);
    }

    private void LoadOfRegion(int index, int offset)
    {
        FieldOfRegion(index, offset);
        writer.Do(OpCodes.Ldind_I8);
    }

    private Label LeaveAt(DecodedInstruction instruction)
    {
        if (leaves.TryGetValue((instruction.Slot, unpaidNow), out var known)) return known;
        return leaves[(instruction.Slot, unpaidNow)] = writer.Label();
    }

    // What was paid for and is not done is given back.
    private void Leaves()
    {
        foreach (var some in leaves.Chunk(MostShared))
        {
            var store = writer.Label();
            foreach (var ((slot, notDone), label) in some)
            {
                writer.Mark(label);
                if (notDone > 0)
                {
                    writer.Get(instructions!);
                    Plus((ulong)notDone);
                    writer.Set(instructions!);
                }

                writer.Number32(slot);
                writer.Set(left);
                writer.Jump(OpCodes.Br, store);
            }

            writer.Mark(store);
            for (var i = 0; i < registers.Length; i++)
            {
                if (isWritten[i]) StoreField(8 * i, registers[i]!);
            }

            StoreField(Offsets.Branches, branches);
            if (instructions is not null) StoreField(Offsets.Instructions, instructions);
            writer.Get(left);
            writer.Do(OpCodes.Ret);
        }
    }

    private void StoreField(int offset, LocalBuilder value)
    {
        writer.FieldOfState(offset);
        writer.Get(value);
        writer.Do(OpCodes.Stind_I8);
    }
}
