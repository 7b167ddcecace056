/** Why a mutant was not tried: it was not drawn, or its turn did not come. It counts nowhere. */
export const LEFT_OUT = { notDrawn: 'it was not drawn', noTime: 'there was no time left' };

export const wasTried = ({ reason }) => !Object.values(LEFT_OUT).some((why) => reason?.includes(why));
