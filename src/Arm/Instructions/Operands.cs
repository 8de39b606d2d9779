namespace RbpfSpec.Arm.Instructions;

/// <summary>The encodings of one instruction, by the names that the manual gives them.</summary>
public enum Encoding
{
    /// <summary>Any that holds the operands; the encoder takes the first, the shortest.</summary>
    Any,

    /// <summary>T1.</summary>
    T1,

    /// <summary>T2.</summary>
    T2,

    /// <summary>T3.</summary>
    T3,

    /// <summary>T4.</summary>
    T4,
}

/// <summary>Whether an instruction sets the flags.</summary>
public enum FlagSetting
{
    /// <summary>It does not.</summary>
    Kept,

    /// <summary>It does.</summary>
    Set,

    /// <summary>It does unless it is in an IT block, as most of the 16-bit encodings.</summary>
    SetOutsideIt,
}

/// <summary>How a register is shifted before it is used.</summary>
public enum Shift
{
    /// <summary>Left, zeros in.</summary>
    Lsl,

    /// <summary>Right, zeros in.</summary>
    Lsr,

    /// <summary>Right, copies of the sign in.</summary>
    Asr,

    /// <summary>Rotated right.</summary>
    Ror,

    /// <summary>Rotated right through the carry, by one bit.</summary>
    Rrx,
}

/// <summary>When the address of an access is changed, and whether the base register keeps it.</summary>
public enum Indexing
{
    /// <summary>The offset is added for the access only.</summary>
    Offset,

    /// <summary>The offset is added before the access, and the base keeps the sum.</summary>
    PreIndexed,

    /// <summary>The access is at the base, which keeps the sum.</summary>
    PostIndexed,
}

/// <summary>The size of a load or store, its direction, and how it extends.</summary>
public enum Transfer
{
    /// <summary>STRB.</summary>
    StoreByte,

    /// <summary>STRH.</summary>
    StoreHalf,

    /// <summary>STR.</summary>
    StoreWord,

    /// <summary>LDRB, zero-extended.</summary>
    LoadByte,

    /// <summary>LDRH, zero-extended.</summary>
    LoadHalf,

    /// <summary>LDR.</summary>
    LoadWord,

    /// <summary>LDRSB, sign-extended.</summary>
    LoadSignedByte,

    /// <summary>LDRSH, sign-extended.</summary>
    LoadSignedHalf,
}

/// <summary>The function of two operands that data processing computes.</summary>
public enum DataOperation
{
    /// <summary>AND.</summary>
    And,

    /// <summary>BIC: and not.</summary>
    Bic,

    /// <summary>ORR.</summary>
    Orr,

    /// <summary>ORN: or not.</summary>
    Orn,

    /// <summary>EOR.</summary>
    Eor,

    /// <summary>ADD.</summary>
    Add,

    /// <summary>ADC: with the carry.</summary>
    Adc,

    /// <summary>SBC: less what the carry says was borrowed.</summary>
    Sbc,

    /// <summary>SUB.</summary>
    Sub,

    /// <summary>RSB: the second operand less the first.</summary>
    Rsb,

    /// <summary>MOV: the second operand; there is no first.</summary>
    Mov,

    /// <summary>MVN: not the second operand; there is no first.</summary>
    Mvn,

    /// <summary>TST: the flags of AND; there is no destination.</summary>
    Tst,

    /// <summary>TEQ: the flags of EOR; there is no destination.</summary>
    Teq,

    /// <summary>CMP: the flags of SUB; there is no destination.</summary>
    Cmp,

    /// <summary>CMN: the flags of ADD; there is no destination.</summary>
    Cmn,
}
